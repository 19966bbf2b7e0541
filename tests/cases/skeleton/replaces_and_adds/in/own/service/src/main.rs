//! <{ service.name }>, our way.
fn main() {}
