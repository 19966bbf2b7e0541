//! <{ entity.label|upfirst }>: it belongs to <{ entity.of|doc("", "//! ") }>, and all that is known of one here is its id.<% if entity.about %> <{ entity.about|doc("", "//! ") }><% endif %>


/// Never made: it only tells its ids from others.
#[derive(Clone, Copy, Debug)]
pub enum <{ entity.type }> {}
