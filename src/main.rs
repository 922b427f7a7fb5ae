//! The page's entry: mounts it, nothing else.

fn main() {
    waiting_room::ui::start();
}
