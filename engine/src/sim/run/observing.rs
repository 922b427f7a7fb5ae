//! Another ear for a run under way: the run goes on with a new observer, which hears the facts from then on.
//!
//! Nothing of the run changes by it.

use super::Run;

impl<O> Run<O> {
    /// The same run at the same moment, told to the observer that `change` makes of the one before.
    pub fn observed_by<P>(self, change: impl FnOnce(O) -> P) -> Run<P> {
        let Run {
            observer,
            network,
            now,
            end,
            over,
            order,
            calendar,
            sources,
            roles,
            patients,
            apis,
            queues,
            pools,
            clinics,
            clock,
            disruptions,
            transit,
            retries,
            timers,
            calls,
            shared_bookings,
            changes,
            changed,
            stop,
            alive,
            full,
        } = self;
        Run {
            observer: change(observer),
            network,
            now,
            end,
            over,
            order,
            calendar,
            sources,
            roles,
            patients,
            apis,
            queues,
            pools,
            clinics,
            clock,
            disruptions,
            transit,
            retries,
            timers,
            calls,
            shared_bookings,
            changes,
            changed,
            stop,
            alive,
            full,
        }
    }
}
