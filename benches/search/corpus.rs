//! A synthetic account of any size: the same seed gives the same definitions, versions and queries.

use greengroup::domain::content::TermField;
use greengroup::search::Attributes;

const PLACES: [&str; 16] = [
    "press", "robot", "paint", "weld", "porto", "turin", "scada", "boiler", "gate", "dock", "oven",
    "mill", "pump", "quality", "north", "yard",
];
const THINGS: [&str; 20] = [
    "line",
    "arm",
    "camera",
    "bridge",
    "labeler",
    "sensor",
    "conveyor",
    "chiller",
    "station",
    "cell",
    "controller",
    "target",
    "scale",
    "valve",
    "logger",
    "mixer",
    "scanner",
    "vision",
    "hvac",
    "connect",
];
const PARTS: [&str; 12] = [
    "core",
    "functions",
    "devices",
    "fns",
    "resources",
    "subs",
    "loggers",
    "connectors",
    "pool",
    "func",
    "telemetry",
    "edge",
];

/// Typed one character at a time: names, parts of names, words, typing errors, ids and ARNs.
pub(crate) const NAME_QUERIES: [&str; 15] = [
    "press func",
    "robot arm",
    "scada bridge con",
    "line3fn",
    "pres fnuc",
    "hvca",
    "Line3",
    "camera-pool",
    "porto 12",
    "vision",
    "weld core",
    "oo-",
    "gw tel",
    "boilerscale",
    "quality li",
];
const ARN_QUERIES: usize = 5;

/// Typed too where contents are searched: a Lambda with its qualifier, a field, and a name with an item.
pub(crate) const ITEM_QUERIES: [&str; 4] =
    ["camera:12", "fn:press-arm:7", "robot mixer:3", "id:oven-sc"];

/// How many texts the items of all versions share.
pub(crate) const DISTINCT_ITEMS: usize = 20_000;
pub(crate) const ITEMS_OF_A_VERSION: usize = 5;

/// The rows of one list, and the texts that a tool without an index would be given.
pub(crate) struct Corpus {
    pub(crate) rows: Vec<Row>,
    pub(crate) full_texts: Vec<String>,
    pub(crate) distinct_names: Vec<String>,
    /// For each distinct name, its rows.
    pub(crate) rows_of_name: Vec<Vec<u32>>,
    pub(crate) queries: Vec<String>,
    pub(crate) distinct_items: Vec<String>,
    /// For each row its items.
    pub(crate) items: Vec<[usize; ITEMS_OF_A_VERSION]>,
}

pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) arn: String,
    created: i64,
    is_base: bool,
    is_latest: bool,
}

impl Row {
    pub(crate) fn attributes(&self) -> Attributes<'_> {
        Attributes {
            name: Some(&self.name),
            created: Some(self.created),
            is_base: self.is_base,
            is_latest: self.is_latest,
        }
    }
}

impl Corpus {
    /// The names with the items of each row: what a tool without an index would be given.
    pub(crate) fn texts_with_items(&self) -> Vec<String> {
        let rows = self.rows.iter().zip(&self.items);
        let items = |items: &[usize]| {
            let items = items.iter().map(|item| self.distinct_items[*item].as_str());
            items.collect::<Vec<_>>().join(" ")
        };
        rows.map(|(row, of_row)| format!("{}  {}", row.name, items(of_row)))
            .collect()
    }

    pub(crate) fn items_of(&self, row: usize) -> impl Iterator<Item = (TermField, &str)> {
        let items = self.items[row].iter();
        items.map(|item| (TermField::Function, self.distinct_items[*item].as_str()))
    }

    pub(crate) fn new(versions: usize) -> Self {
        let rows = rows(versions);
        let mut names: Vec<(&str, u32)> = (0..)
            .zip(&rows)
            .map(|(number, row)| (row.name.as_str(), number))
            .collect();
        names.sort_unstable();
        let groups = || names.chunk_by(|one, other| one.0 == other.0);
        let mut random = Random(0x636f_6e74_656e_7473);
        let items = rows
            .iter()
            .map(|_| [(); ITEMS_OF_A_VERSION].map(|()| random.below(DISTINCT_ITEMS)));
        Self {
            items: items.collect(),
            distinct_items: (0..DISTINCT_ITEMS).map(item).collect(),
            full_texts: rows
                .iter()
                .map(|row| format!("{}  {}", row.name, row.arn))
                .collect(),
            distinct_names: groups().map(|group| group[0].0.to_owned()).collect(),
            rows_of_name: groups()
                .map(|group| group.iter().map(|(_, row)| *row).collect())
                .collect(),
            queries: queries(&rows),
            rows,
        }
    }
}

/// `press-arm:7`, each once.
pub(crate) fn item(number: usize) -> String {
    let (place, rest) = (number % PLACES.len(), number / PLACES.len());
    let (thing, version) = (rest % THINGS.len(), rest / THINGS.len());
    format!("{}-{}:{version}", PLACES[place], THINGS[thing])
}

fn rows(versions: usize) -> Vec<Row> {
    let mut random = Random(0x6772_6565_6e67_726f);
    let mut rows: Vec<Row> = Vec::with_capacity(versions);
    while rows.len() < versions {
        let copied = random.below(5) == 0 && !rows.is_empty();
        let name = if copied {
            rows[random.below(rows.len())].name.clone()
        } else {
            name(&mut random)
        };
        let definition = random.uuid();
        let many = random.below(8) * random.below(4) * random.below(4);
        let count = (1 + random.below(3) + many / 2).min(versions - rows.len());
        let newest = 1_500_000_000_000 + i64::try_from(random.below(280_000_000)).unwrap() * 1000;
        for age in 0..count {
            let version = random.uuid();
            rows.push(Row {
                name: name.clone(),
                arn: format!(
                    "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/functions/{definition}/versions/{version}"
                ),
                created: newest - i64::try_from(age).unwrap() * 86_400_000,
                is_base: rows.len() == versions / 2,
                is_latest: age == 0,
            });
        }
    }
    rows
}

/// A name of about 26 characters in one of the usual styles.
fn name(random: &mut Random) -> String {
    let number = 1 + random.below(200);
    let words = [
        PLACES[random.below(PLACES.len())],
        THINGS[random.below(THINGS.len())],
        &number.to_string(),
        THINGS[random.below(THINGS.len())],
        PARTS[random.below(PARTS.len())],
    ];
    let words = &words[..words.len() - usize::from(random.below(4) == 0)];
    match random.below(10) {
        0..6 => words.join("-"),
        6..8 => words.join("_"),
        _ => words.iter().map(|word| capital(word)).collect(),
    }
}

fn capital(word: &str) -> String {
    word[..1].to_ascii_uppercase() + &word[1..]
}

fn queries(rows: &[Row]) -> Vec<String> {
    let id = |row: &Row, place: usize| row.arn.split('/').nth(place).unwrap().to_owned();
    let row = |share: usize| &rows[rows.len() * share / 10];
    let of_arns: [String; ARN_QUERIES] = [
        id(row(3), 6)[..8].to_owned(),
        id(row(5), 4)[..13].to_owned(),
        "arn:aws:greengrass".to_owned(),
        format!("versions/{}", &id(row(7), 6)[..4]),
        format!("press {}", &id(row(8), 6)[..6]),
    ];
    let of_names = NAME_QUERIES.iter().map(ToString::to_string);
    of_names.chain(of_arns).collect()
}

/// Splitmix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 48 & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }
}
