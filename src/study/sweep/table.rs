//! A sweep as figures: every run a row, for a spreadsheet.

use crate::study::sweep::Sweep;

/// Every run that has come as bare numbers: the levels, the seed, 1 for passed, each goal's figure (empty: never), the digest that names the run;
/// a design that can't run has a row that says why.
pub fn csv(sweep: &Sweep) -> String {
    let mut head: Vec<String> = sweep
        .axes
        .iter()
        .map(|axis| {
            let f = &axis.factor;
            if f.unit.is_empty() { f.name() } else { format!("{} ({})", f.name(), f.unit) }
        })
        .collect();
    head.extend(["seed", "passed", "cost (GBP)", "end to end p95 (ms)"].map(str::to_owned));
    head.extend(sweep.scenario.goals.iter().map(|goal| format!("{} <= {}", goal.metric.key, goal.at_most)));
    head.extend(["digest", "note"].map(str::to_owned));
    let columns = head.len();
    let mut out = line(&head);
    for cell in &sweep.cells {
        let levels = || match cell.levels.is_empty() {
            true => sweep.axes.iter().map(|a| number(a.factor.now)).collect(),
            false => cell.levels.iter().map(|l| number(Some(*l))).collect::<Vec<_>>(),
        };
        if let Err(why) = &cell.design {
            let mut row = levels();
            row.resize(columns - 1, String::new());
            row.push(why.clone());
            out += &line(&row);
        }
        for outcome in cell.outcomes.iter().flatten() {
            let mut row = levels();
            row.extend([outcome.seed.to_string(), u8::from(outcome.passed).to_string()]);
            row.extend([number(Some(outcome.cost)), number(outcome.end_to_end_p95_ms)]);
            row.extend(outcome.values.iter().map(|v| number(*v)));
            row.extend([outcome.digest.clone(), String::new()]);
            out += &line(&row);
        }
    }
    out
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| format!("{v}"))
}

fn line(cells: &[String]) -> String {
    let quoted = |text: &String| {
        if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}
