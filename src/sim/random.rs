pub struct Draws;
