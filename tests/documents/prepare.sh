# The world that every page begins in, silent when all goes well: ~/atlas.git, the server's repository; ~/atlas, a clone
# of it with an accepted ADR and a spec, published; graven's hooks in the clone. The page starts in ~/atlas.
set -e
git init --quiet --bare atlas.git
git init --quiet atlas
cd atlas
git remote add origin ../atlas.git
mkdir -p sdd/adrs sdd/specs
cat >sdd/adrs/0005-native-paths.md <<'END'
# ADR-0005: Native paths

## Status

Accepted

## Decision

Local paths stay as the operating system writes them.
END
cat >sdd/specs/001-paths.md <<'END'
# Paths

**Prefix:** PATH

## PATH-001: Separators

A URI MUST use forward slashes.

## PATH-002: Length

A path MUST NOT be longer than 4096 bytes.
END
git add .
git commit --quiet --message 'Accept ADR-0005'
git push --quiet --set-upstream origin main
git remote set-head origin main >/dev/null
graven install >/dev/null
set +e
