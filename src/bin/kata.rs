//! The command `kata`.

fn main() -> std::process::ExitCode {
    waiting_room::cli::main()
}
