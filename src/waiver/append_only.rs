//! Whether a waiver file was only added to. It must not know what a waiver means.

use toml::de::DeTable;

/// True when `after` is `before` with nothing but whole waivers, comments and blank lines behind it.
#[must_use]
pub fn grows(before: &str, after: &str) -> bool {
    let Some(added) = after.strip_prefix(before) else {
        return false;
    };
    let on_a_line_of_its_own =
        before.is_empty() || before.ends_with('\n') || added.starts_with(['\n', '\r']);
    if added.is_empty() || !on_a_line_of_its_own {
        return added.is_empty();
    }
    let first = added
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    let whole = first.is_none_or(|line| {
        let head = line.split('#').next().unwrap_or_default();
        head.chars()
            .filter(|sign| !sign.is_whitespace())
            .collect::<String>()
            == "[[waiver]]"
    });
    // In a file that ends in the middle of something, what follows would belong to that.
    whole && DeTable::parse(before).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "[[waiver]]\nrule = \"number-taken\"\nreason = '''\nboth'''\n";

    // spec: WAIVER-008
    #[test]
    fn whole_waivers_and_comments_may_be_added_at_the_end() {
        let added = [
            "",
            "\n",
            "# why\n",
            "\n[[waiver]]\nrule = 'x'\n",
            "# a\n\n [[ waiver ]] # b\nrule = 'x'",
        ];
        for added in added {
            assert!(grows(FILE, &format!("{FILE}{added}")), "{added}");
            assert!(grows("", added), "{added}");
        }
        assert!(grows("# end", "# end\n[[waiver]]\n"));
    }

    // spec: WAIVER-008
    #[test]
    fn nothing_else_may_be_added_or_changed() {
        for added in [
            "subject = 'x'\n",
            "[other]\n",
            "[waiver.x]\n",
            "'''\n",
            "baseline = true\n",
        ] {
            assert!(!grows(FILE, &format!("{FILE}{added}")), "{added}");
        }
        assert!(!grows(FILE, &FILE.replace("both", "all")));
        assert!(!grows(FILE, &format!("# first\n{FILE}")));
        assert!(!grows(FILE, &FILE[..FILE.len() - 8]));
        assert!(!grows("# end", "# ends\n"));
        let open = "[[waiver]]\nreason = '''\n";
        assert!(!grows(open, &format!("{open}[[waiver]]\n'''\n")));
    }
}
