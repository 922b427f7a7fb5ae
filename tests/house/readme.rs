//! The reference's tables are those of the lists in the code. `UPDATE_GOLDEN=1 cargo test --test house readme` writes them anew.

use engine::measure::metric::Unit;
use engine::measure::{METRICS, MetricId};
use waiting_room::kinds::{KINDS, Param, Shape, Variant};
use waiting_room::share::embed::{ALLOWED, EMBED, HELP, OTHERS};
use waiting_room::share::message::told::{FIGURES, OUTBOUND};
use waiting_room::share::message::{INBOUND, MessageKind};

/// Where the tables stand.
const FILE: &str = "docs/reference.md";

fn row(cells: &[&str]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn head(cells: &[&str]) -> String {
    row(cells) + &row(&vec!["---"; cells.len()])
}

fn address() -> String {
    let mut table = head(&["in the address", "may be", "does"]);
    for ((option, allowed), help) in EMBED.iter().zip(ALLOWED).zip(HELP) {
        table += &row(&[&format!("`{}`", option.key), allowed.get(), help]);
    }
    table
}

/// What other programs add to addresses.
fn others() -> String {
    OTHERS.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ") + ".\n"
}

/// What a page around may say, or hears.
fn messages(list: &[MessageKind], does: &str) -> String {
    let mut table = head(&["`waiting-room:…`", "fields", does]);
    for kind in list {
        table += &row(&[&format!("`{}`", kind.name), kind.fields, kind.does]);
    }
    table
}

fn figures() -> String {
    let mut table = head(&["figure", "is"]);
    for figure in FIGURES {
        table += &row(&[&format!("`{}`", figure.key), figure.help]);
    }
    let goals: Vec<_> = METRICS.iter().map(|metric| format!("`{}`", metric.key)).collect();
    table + &row(&[&goals.join(", "), "the goals' metrics as of now; null where infinite or of nothing"])
}

/// What a parameter may be; the variants of a tagged one by name.
fn allowed(param: &Param) -> String {
    let fields = |variant: &Variant| {
        let keys: Vec<_> = variant.fields.iter().map(|f| format!("`{}`", f.key)).collect();
        format!("`{}` ({})", variant.key, keys.join(", "))
    };
    match &param.shape {
        Shape::Tagged { variants, tag: "policy" } => variants.iter().map(fields).collect::<Vec<_>>().join("; "),
        Shape::Tagged { .. } => "a distribution".to_owned(),
        shape => shape.allowed(),
    }
}

fn kinds() -> String {
    let mut table = String::new();
    for kind in KINDS {
        let to: Vec<_> = kind.id.leads_to().map(|k| k.kind().name()).collect();
        let to = if to.is_empty() { String::new() } else { format!(" Points to {}.", to.join(", ")) };
        table += &format!("**{}** (`{}`): {}{to}\n\n", kind.name(), kind.key, kind.help());
        if kind.params.is_empty() {
            continue;
        }
        table += &head(&["parameter", "default", "allowed", "meaning"]);
        for param in kind.params {
            let unit = if param.unit().is_empty() { String::new() } else { format!(" ({})", param.unit()) };
            let cells = [format!("`{}`{unit}", param.key), format!("`{}`", param.default), allowed(param)];
            table += &row(&[&cells[0], &cells[1], &cells[2], param.help()]);
        }
        table += "\n";
    }
    let dists = KINDS.iter().flat_map(|k| k.params).find_map(|p| match &p.shape {
        Shape::Tagged { tag: "dist", variants } => Some(variants),
        _ => None,
    });
    let dists: Vec<_> = dists
        .expect("some parameter is a distribution")
        .iter()
        .map(|v| {
            format!("`{}` ({})", v.key, v.fields.iter().map(|f| format!("`{}`", f.key)).collect::<Vec<_>>().join(", "))
        })
        .collect();
    table + &format!("A distribution is one of {}.\n", dists.join(", "))
}

fn metrics() -> String {
    let mut table = head(&["metric", "on the page", "unit"]);
    for metric in METRICS {
        let unit = match metric.unit {
            Unit::Millis => "ms",
            Unit::Count => "number",
            Unit::Share => share(metric.id),
            Unit::Pounds => "£",
        };
        table += &row(&[&format!("`{}`", metric.key), waiting_room::kata::goal::name(metric), unit]);
    }
    table
}

/// Of what a share is one.
fn share(metric: MetricId) -> &'static str {
    match metric {
        MetricId::TurnedAwayRatio => "rejected + abandoned ÷ arrivals, 0–1",
        MetricId::DroppedRatio => "dead-lettered + lost ÷ accepted, 0–1",
        MetricId::UnservedRatio => "rejected, abandoned, dead-lettered and lost ÷ arrivals, 0–1",
        other => panic!("{other:?} is no share"),
    }
}

#[test]
fn the_tables_are_those_of_the_code() {
    let mut text = std::fs::read_to_string(FILE).unwrap();
    let before = text.clone();
    for (name, table) in [
        ("address", address()),
        ("others", others()),
        ("kinds", kinds()),
        ("metrics", metrics()),
        ("messages in", messages(INBOUND, "does")),
        ("messages out", messages(OUTBOUND, "is sent")),
        ("figures", figures()),
    ] {
        let (start, end) = (format!("<!-- table: {name} -->\n"), "<!-- end -->");
        let from = text.find(&start).unwrap_or_else(|| panic!("the reference has no table {name}")) + start.len();
        let to = from + text[from..].find(end).unwrap_or_else(|| panic!("the table {name} has no end"));
        text.replace_range(from..to, &table);
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(FILE, &text).unwrap();
    } else {
        assert!(text == before, "the reference's tables are old: UPDATE_GOLDEN=1 cargo test --test house readme");
    }
}

/// The lines of a document's `sh` blocks.
fn commands(text: &str) -> Vec<&str> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => found.push(line),
            _ => {}
        }
    }
    found
}

/// What a contributor is told to run is what is run before a change lands, or a verb that the README has.
#[test]
fn what_contributors_run_is_run() {
    let [contributing, readme, ci] =
        ["CONTRIBUTING.md", "README.md", ".ci/run"].map(|file| std::fs::read_to_string(file).unwrap());
    let told = commands(&contributing);
    assert!(told.len() >= 8, "{} commands", told.len());
    for command in told {
        let verb = command.split(' ').take(3).collect::<Vec<_>>().join(" ");
        assert!(ci.contains(command) || readme.contains(&format!("`{verb}")), "{command} is run by nothing");
    }
}
