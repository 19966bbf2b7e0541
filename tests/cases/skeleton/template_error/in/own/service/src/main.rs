fn main() {}

// <{ service.nmae }>
