//! What the clinics of a pool can do.

use crate::advice::lint::{mean_reply_s, slots};
use crate::advice::review::FinishedRun;

/// The clinics of a pool can't confirm what comes, however many workers call them: bookings a second.
pub fn clinic_limit(ran: &FinishedRun<'_>, pool: usize) -> f64 {
    ran.context.clinics(pool).map(|(_, clinic)| slots(clinic) / mean_reply_s(clinic)).sum()
}
