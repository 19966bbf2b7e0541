//! orders, our way.
fn main() {}
