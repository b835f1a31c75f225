//! A page of the documentation, split into its `console` blocks and what stands between them.

use std::fmt::Write as _;
use std::path::Path;

/// A page, by lines.
pub(crate) struct Page {
    /// From the root of the project.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A command of a `console` block and what it prints below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Exchange {
    /// Without the prompt; further lines of a command stand behind `> `.
    pub(crate) command: String,
    /// Each line with its line break.
    pub(crate) output: String,
}

impl Page {
    pub(crate) fn read(path: &str) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        Self {
            path: path.to_owned(),
            text,
        }
    }

    /// The content of every block of a language.
    pub(crate) fn blocks(&self, language: &str) -> Vec<String> {
        let mut blocks = Vec::new();
        self.walk(language, |block| blocks.push(block.clone()));
        blocks
    }

    /// Every command of the page, in order.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        self.blocks("console")
            .iter()
            .flat_map(|block| self.exchanges_in(block))
            .collect()
    }

    /// The page as it would be with this output below its commands.
    pub(crate) fn with_outputs(&self, outputs: &[String]) -> String {
        let mut outputs = outputs.iter();
        self.walk("console", |block| {
            let mut text = String::new();
            for exchange in self.exchanges_in(block) {
                let command = exchange.command.replace('\n', "\n> ");
                let _ = write!(text, "$ {command}\n{}", outputs.next().unwrap());
            }
            *block = text;
        })
    }

    fn exchanges_in(&self, block: &str) -> Vec<Exchange> {
        let mut exchanges: Vec<Exchange> = Vec::new();
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                exchanges.push(Exchange {
                    command: command.to_owned(),
                    output: String::new(),
                });
                continue;
            }
            let last = exchanges
                .last_mut()
                .unwrap_or_else(|| panic!("{}: output before any command", self.path));
            match line.strip_prefix("> ").filter(|_| last.output.is_empty()) {
                Some(more) => last.command = format!("{}\n{more}", last.command),
                None => last.output.extend([line, "\n"]),
            }
        }
        exchanges
    }

    /// Shows the content of every block of a language, and gives the page with what has become of them.
    fn walk(&self, language: &str, mut each: impl FnMut(&mut String)) -> String {
        let (opening, mut block) = (format!("```{language}"), None::<String>);
        let mut result = String::new();
        for line in self.text.split_inclusive('\n') {
            match &mut block {
                Some(content) if line.trim_end() == "```" => {
                    each(content);
                    result.push_str(content);
                    result.push_str(line);
                    block = None;
                }
                Some(content) => content.push_str(line),
                None => {
                    result.push_str(line);
                    block = (line.trim_end() == opening).then(String::new);
                }
            }
        }
        assert!(block.is_none(), "{}: a block is not closed", self.path);
        result
    }
}

/// The Markdown files of a folder, sorted.
pub(crate) fn markdown_in(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(Path::new(folder)).unwrap();
    let mut paths: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "md")
        })
        .map(|name| format!("{folder}/{name}"))
        .collect();
    paths.sort();
    paths
}
