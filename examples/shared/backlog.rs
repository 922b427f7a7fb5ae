/// A design and a scenario in which `waiting` messages pile up within a second, and stay: 40 a second come, and as many are confirmed.
/// Shared by the probe and the benches.
fn backlog(waiting: u32) -> (String, String) {
    let design = r#"{"format":"waiting-room/design","version":1,"nodes":[
        {"id":"patients","kind":"patients","params":{"rtt_ms":0,"patience_s":null,"retries":0}},
        {"id":"api","kind":"api","params":{"threads":1000000}},
        {"id":"queue","kind":"queue"},
        {"id":"consumers","kind":"consumers","params":{"scaling":{"policy":"fixed","workers":80},"timeout_ms":null}},
        {"id":"clinic","kind":"clinic"}],
      "edges":[{"from":"patients","to":"api"},{"from":"api","to":"queue"},{"from":"queue","to":"consumers"},{"from":"consumers","to":"clinic"}]}"#;
    let scenario = format!(
        r#"{{"format":"waiting-room/scenario","version":1,"id":"backlog","name":"Backlog","starts_at":"07:30","duration_s":100000,
          "arrivals":{{"curve":[[0,{0}],[10,{0}],[10.001,40]]}}}}"#,
        waiting / 10
    );
    (design.to_owned(), scenario)
}
