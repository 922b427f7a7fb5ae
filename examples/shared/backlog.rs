/// A design and a scenario in which `waiting` messages pile up at once, and stay: 40 a second come, and as many are confirmed.
/// Shared by the probe and the benches.
fn backlog(waiting: u32) -> (String, String) {
    let design = r#"{"format":"waiting-room/design","version":1,"nodes":[
        {"id":"patients","kind":"patients","params":{"rtt_ms":0,"patience_s":null,"retries":0}},
        {"id":"api","kind":"api","params":{"threads":1000000}},
        {"id":"queue","kind":"queue"},
        {"id":"consumers","kind":"consumers","params":{"scaling":{"policy":"fixed","workers":80},"timeout_ms":null}},
        {"id":"clinic","kind":"clinic"}],
      "edges":[{"from":"patients","to":"api"},{"from":"api","to":"queue"},{"from":"queue","to":"consumers"},{"from":"consumers","to":"clinic"}]}"#;
    // At most a million a second may come.
    let seconds = (f64::from(waiting) / 1e6).max(0.1);
    let rate = f64::from(waiting) / seconds;
    let after = seconds + 0.001;
    let scenario = format!(
        r#"{{"format":"waiting-room/scenario","version":1,"id":"backlog","name":"Backlog","starts_at":"07:30","duration_s":604800,
          "arrivals":{{"curve":[[0,{rate}],[{seconds},{rate}],[{after},40]]}}}}"#
    );
    (design.to_owned(), scenario)
}
