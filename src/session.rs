//! A session: what a learner does.
