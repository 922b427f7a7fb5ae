//! The digest of a run.
