//! The files of the waiting room, compiled in. A test compares the list with the folder.

macro_rules! files {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../../static/katas/waiting-room/", $name))),)*]
    };
}

/// Every file of the kata, by its path below its folder.
pub const FILES: &[(&str, &str)] = files![
    "brief.json",
    "checklist.json",
    "designs/demand-1.json",
    "designs/demand-breaker.json",
    "designs/demand.json",
    "designs/naive.json",
    "designs/par.json",
    "designs/queue-300.json",
    "designs/queue-60.json",
    "designs/queue-80.json",
    "designs/retry-storm.json",
    "designs/schedule.json",
    "glossary.json",
    "kata.json",
    "lessons.json",
    "parts.json",
    "people.json",
    "rungs.json",
    "scenarios/flu-season.json",
    "scenarios/monday.json",
    "scenarios/outage.json",
    "scenarios/slow-clinic.json",
    "words.json",
];
