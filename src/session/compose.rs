//! What a drop, an added part or a click on a ghost turns a design into: pure functions from a design to a design.
