//! Who is behind a booking: the same for everyone who looks, drawn evenly, and with the runs untouched.

use std::collections::{BTreeMap, BTreeSet};

use waiting_room::kata::{Person, builtin, person};

/// Pinned: a teacher's sheet may name them, and every platform has to agree.
#[test]
fn seed_and_number_name_a_person_for_good() {
    let people = &builtin::kata().people;
    let who = |seed, booking| person(people, seed, booking).to_string();
    let told: Vec<String> = [(1, 0), (1, 1), (1, 46_218), (2, 0), (u64::MAX, u64::MAX)].map(|(s, b)| who(s, b)).into();
    assert_eq!(
        told,
        [
            "Liam has a question about an operation",
            "Owen has run out of an inhaler",
            "Amina has run out of an inhaler",
            "Dylan needs an injection before a journey",
            "Marta calls about hay fever",
        ]
    );
    assert_eq!(who(7, 1_284), who(7, 1_284));
}

/// Names and reasons are drawn by halves of one number: 16 000 bookings give each of the 40 names 400 on average. Allowed: five standard
/// deviations of a binomial draw, 5 × √(16 000 × 1/40 × 39/40) = 99. Names and reasons don't go together: most of the 1 600 pairs come.
#[test]
fn people_are_drawn_evenly() {
    let people = &builtin::kata().people;
    let (names, reasons) = (people.names.len(), people.reasons.len());
    assert_eq!((names, reasons), (40, 40));
    let all: Vec<Person<'_>> = (0..16_000).map(|booking| person(people, 1, booking)).collect();
    for part in [|p: &Person<'static>| p.name, |p: &Person<'static>| p.reason] {
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        all.iter().for_each(|person| *counts.entry(part(person)).or_default() += 1);
        assert_eq!(counts.len(), 40);
        assert!(counts.values().all(|count| (count - 400).abs() <= 99), "{counts:?}");
    }
    let pairs: BTreeSet<(&str, &str)> = all.iter().map(|p| (p.name, p.reason)).collect();
    assert!(pairs.len() > 1_590, "{}", pairs.len());
    let others = (0..1_000).filter(|&booking| person(people, 2, booking) == person(people, 1, booking)).count();
    assert!(others < 10, "another seed brings other people: {others} of 1 000 are the same");
}
