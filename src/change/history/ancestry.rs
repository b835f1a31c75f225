//! The first-parent lines of a history as a forest, grown from the roots: whether one is an ancestor of another is found in a
//! few hops. Does not depend on what the revisions hold.

/// One revision that changed something.
#[derive(Debug, Clone, Copy)]
struct Node {
    depth: usize,
    parent: usize,
    /// An ancestor further away, chosen so that the way to any ancestor is short.
    jump: usize,
}

/// All revisions, each behind its parent; the first node stands for the time before every history.
#[derive(Debug)]
pub(super) struct Forest {
    nodes: Vec<Node>,
}

/// The time before every history.
pub(super) const ROOT: usize = 0;

impl Default for Forest {
    fn default() -> Self {
        Self {
            nodes: vec![Node {
                depth: 0,
                parent: ROOT,
                jump: ROOT,
            }],
        }
    }
}

impl Forest {
    /// Adds a revision behind its parent and gives its index.
    pub(super) fn add_child(&mut self, parent: usize) -> usize {
        let above = self.nodes[parent];
        let far = self.nodes[above.jump];
        // Two jumps of one length become one of twice the length.
        let even = above.depth - far.depth == far.depth - self.nodes[far.jump].depth;
        let jump = if even { far.jump } else { parent };
        self.nodes.push(Node {
            depth: above.depth + 1,
            parent,
            jump,
        });
        self.nodes.len() - 1
    }

    /// How many revisions precede this one.
    pub(super) fn depth(&self, place: usize) -> usize {
        self.nodes[place].depth
    }

    /// True when the line that ends in `tip` goes through `place`.
    pub(super) fn is_ancestor(&self, place: usize, tip: usize) -> bool {
        let depth = self.nodes[place].depth;
        let mut at = tip;
        while self.nodes[at].depth > depth {
            let Node { parent, jump, .. } = self.nodes[at];
            at = if self.nodes[jump].depth >= depth {
                jump
            } else {
                parent
            };
        }
        at == place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_its_own_revisions_and_no_others() {
        let mut forest = Forest::default();
        let mut parents = vec![ROOT];
        for place in 1..200 {
            // Two long lines that part at 40, and short ones off them.
            let parent = match place {
                120 => 40,
                place if place % 17 == 0 => place / 2,
                place if (place - 1) % 17 == 0 && place > 1 => place - 2,
                place => place - 1,
            };
            assert_eq!(forest.add_child(parent), place);
            parents.push(parent);
        }
        for tip in 0..200 {
            let mut on_line = [false; 200];
            let mut at = tip;
            while at != ROOT {
                on_line[at] = true;
                at = parents[at];
            }
            on_line[ROOT] = true;
            for (place, &on_line) in on_line.iter().enumerate() {
                assert_eq!(forest.is_ancestor(place, tip), on_line, "{place} {tip}");
            }
        }
    }

    #[test]
    fn the_way_back_is_short() {
        let mut forest = Forest::default();
        let tip = (0..100_000).fold(ROOT, |parent, _| forest.add_child(parent));
        let (mut at, mut hops) = (tip, 0);
        while at != ROOT {
            at = forest.nodes[at].jump;
            hops += 1;
        }
        assert!(hops < 64, "{hops}");
    }
}
