//! Timers of pools: what is due at a moment set before.

/// A timer of a pool.
#[derive(Clone, Copy, Debug)]
pub enum Timer {
    /// A check of the queues (scaling by demand).
    Check { pool: usize, policy: u32 },
    /// A step of a schedule.
    Step { pool: usize, policy: u32, step: usize },
    /// Workers that were ordered start.
    Start { pool: usize, order: u64 },
    /// The breaker becomes half open.
    HalfOpen { pool: usize, epoch: u32 },
}
