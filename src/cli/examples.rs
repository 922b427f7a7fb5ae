//! What the help and the manual pages show of each command. A test reads every line of it as the parser does, up to a pipe or a
//! redirection.

pub const RUN: &str = "\
Examples:
  kata run demand-breaker
  kata run my-design.json --scenario outage --seeds 50
  kata run my-design.json --series series.csv --trace trace.ndjson";

pub const CHECK: &str = "\
Examples:
  kata check my-design.json
  kata check my-design.json --scenario outage --format json
  kata check class
  kata check - < names.txt

Errors make the exit code 1, and a file that can't be used makes it 2.";

pub const GRADE: &str = "\
Examples:
  kata grade class
  kata grade class --seeds 50 --wide --format csv -o grades.csv
  kata grade class --seed 4711 --format ndjson -o rows.ndjson
  kata grade class --seed 4711 --resume rows.ndjson --wide
  kata grade class --scenario outage,flu-season --stop-early --jobs 4
  kata grade - --kata my-kata
  kata grade my-design.json --must-pass

A scenario is passed where the share of seeds that pass is at least the pass mark. Points are the scenarios passed as a share of those asked
for, times 100, unless the kata weighs them. Files that can't be used have a row with their error, and make the exit code 2.";

pub const VERIFY: &str = "\
Examples:
  kata run my-design.json --format receipt > receipts.txt
  kata verify receipt.json
  kata verify - --format ndjson < receipts.txt > verdicts.jsonl

Exit codes: 0 all hold; 1 one does not hold; 2 one can't be read. With ndjson each line gives one line, in order: a verdict, or its error.";

pub const SCENARIOS: &str = "\
Examples:
  kata scenarios
  kata scenarios outage";

pub const DESIGNS: &str = "\
Examples:
  kata designs
  kata designs naive --kata my-kata";

pub const AUTHOR: &str = "\
Examples:
  kata author my-kata --seeds 20";

pub const PACK: &str = "\
Examples:
  kata pack my-kata
  kata pack my-kata --page waiting-room.html -o parcels.html
  kata pack my-kata --draft

The page in one file, waiting-room.html, lies beside index.html wherever the page is published; \"cargo xtask build\" makes it too. What is
wrong with the kata is told as by \"kata author\", and nothing is written then.";

pub const MAN: &str = "\
Examples:
  kata man | man -l -
  kata man grade > kata-grade.1";

pub const COMPLETIONS: &str = "\
Examples:
  kata completions bash > ~/.local/share/bash-completion/completions/kata
  kata completions fish > ~/.config/fish/completions/kata.fish";

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::Args;

    #[test]
    fn every_example_is_understood() {
        for text in [RUN, CHECK, GRADE, SCENARIOS, DESIGNS, AUTHOR, PACK, MAN, COMPLETIONS] {
            let lines: Vec<_> = text.lines().filter(|line| line.starts_with("  kata ")).collect();
            assert!(!lines.is_empty(), "{text}");
            for line in lines {
                let words = line.split_whitespace().take_while(|word| !["|", ">"].contains(word));
                if let Err(why) = Args::try_parse_from(words) {
                    panic!("{line}: {why}");
                }
            }
        }
    }
}
