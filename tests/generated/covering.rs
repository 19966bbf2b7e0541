//! Few rows that contain every pair of choices.

/// One choice of each parameter, by index, a row; every pair of choices of two parameters stands in some row.
///
/// Greedy and deterministic: each row starts with a pair that is still missing, and takes for each other parameter the choice
/// that covers most missing pairs.
pub(crate) fn all_pairs(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut missing: Vec<[(usize, usize); 2]> = Vec::new();
    for a in 0..sizes.len() {
        for b in a + 1..sizes.len() {
            for x in 0..sizes[a] {
                for y in 0..sizes[b] {
                    missing.push([(a, x), (b, y)]);
                }
            }
        }
    }
    let mut rows = Vec::new();
    while let Some([first, second]) = missing.first().copied() {
        let mut row: Vec<Option<usize>> = vec![None; sizes.len()];
        row[first.0] = Some(first.1);
        row[second.0] = Some(second.1);
        for parameter in 0..sizes.len() {
            if row[parameter].is_some() {
                continue;
            }
            let covers = |choice: usize| {
                missing
                    .iter()
                    .filter(|pair| {
                        let fits = |(at, value): (usize, usize)| {
                            if at == parameter {
                                value == choice
                            } else {
                                row[at] == Some(value)
                            }
                        };
                        pair.iter().any(|(at, _)| *at == parameter)
                            && pair.iter().all(|part| fits(*part))
                    })
                    .count()
            };
            // Where several are as good, the rows take turns, so that none is starved.
            let turn = rows.len();
            row[parameter] = (0..sizes[parameter])
                .map(|choice| (choice + turn) % sizes[parameter])
                .max_by_key(|choice| covers(*choice));
        }
        let row: Vec<usize> = row.into_iter().map(|choice| choice.unwrap_or(0)).collect();
        missing.retain(|pair| !pair.iter().all(|(at, value)| row[*at] == *value));
        rows.push(row);
    }
    rows
}

#[test]
fn every_pair_stands_in_some_row() {
    let sizes = [4, 3, 2, 3, 2, 3, 2];
    let rows = all_pairs(&sizes);
    for a in 0..sizes.len() {
        for b in a + 1..sizes.len() {
            for x in 0..sizes[a] {
                for y in 0..sizes[b] {
                    assert!(rows.iter().any(|row| row[a] == x && row[b] == y));
                }
            }
        }
    }
    assert!(rows.len() < 20, "{} rows", rows.len());
}
