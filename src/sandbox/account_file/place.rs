//! Where in a JSON text a member stands, and which member stands at a place.

/// Containers deeper than this are not entered; `serde_json` refuses them earlier.
const DEEPEST: usize = 200;

/// The path of the member that was being read when `offset` bytes were consumed.
pub(super) fn path_at(bytes: &[u8], offset: usize) -> String {
    let mut path = String::new();
    Walk::over(bytes, &mut |start, here| {
        if start > offset {
            return false;
        }
        here.clone_into(&mut path);
        true
    });
    if path.is_empty() {
        "the top".to_owned()
    } else {
        path
    }
}

/// Where the value of the member at `path` begins.
pub(super) fn start_of(bytes: &[u8], path: &str) -> Option<usize> {
    let mut found = None;
    Walk::over(bytes, &mut |start, here| {
        // The key comes before its value, under the same path: the last of the two is meant.
        if here == path {
            found = Some(start);
        }
        found.is_none() || here.starts_with(path)
    });
    found
}

/// How many bytes stand before a line and a column, both from 1.
pub(super) fn offset(bytes: &[u8], line: usize, column: usize) -> usize {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    before + column
}

/// The line and the column, in bytes and both from 1, of the byte at `offset`.
pub(super) fn line_and_column(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    let line = before.split(|byte| *byte == b'\n').count();
    (line, 1 + before.len() - line_start)
}

/// Told of each key and value with the offset where it begins, and of each container again after its end.
///
/// `false` ends the walk.
type Visit<'v> = dyn FnMut(usize, &str) -> bool + 'v;

/// One pass over a JSON text, which ends without a word where the text is malformed.
struct Walk<'a, 'v> {
    bytes: &'a [u8],
    at: usize,
    path: String,
    depth: usize,
    visit: &'a mut Visit<'v>,
}

impl<'a, 'v> Walk<'a, 'v> {
    fn over(bytes: &'a [u8], visit: &'a mut Visit<'v>) {
        let mut walk = Self {
            bytes,
            at: 0,
            path: String::new(),
            depth: 0,
            visit,
        };
        // `None` means that the walk was ended early, which is no failure.
        let _ended = walk.value();
    }

    fn value(&mut self) -> Option<()> {
        self.skip_space();
        self.tell(self.at)?;
        match self.peek()? {
            b'{' => self.container(b'}', Self::member),
            b'[' => self.container(b']', Self::item),
            b'"' => self.string().map(|_| ()),
            _ => {
                let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
                let start = self.at;
                while self.peek().is_some_and(is_part) {
                    self.at += 1;
                }
                (self.at > start).then_some(())
            }
        }
    }

    fn container(&mut self, end: u8, one: fn(&mut Self, index: usize) -> Option<()>) -> Option<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        self.at += 1;
        let length = self.path.len();
        for index in 0.. {
            self.skip_space();
            match self.peek()? {
                byte if byte == end => break,
                b',' => self.at += 1,
                _ if index == 0 => {}
                _ => return None,
            }
            one(self, index)?;
            self.path.truncate(length);
        }
        self.at += 1;
        self.depth -= 1;
        self.tell(self.at)
    }

    fn member(&mut self, _index: usize) -> Option<()> {
        self.skip_space();
        let start = self.at;
        let key = self.string()?;
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(&key);
        self.tell(start)?;
        self.skip_space();
        (self.peek()? == b':').then_some(())?;
        self.at += 1;
        self.value()
    }

    fn item(&mut self, index: usize) -> Option<()> {
        self.path.push('[');
        self.path.push_str(&index.to_string());
        self.path.push(']');
        self.value()
    }

    /// The text between the quotes, escapes left as they are.
    fn string(&mut self) -> Option<String> {
        (self.peek()? == b'"').then_some(())?;
        let start = self.at + 1;
        self.at = start;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        let text = String::from_utf8_lossy(self.bytes.get(start..self.at)?).into_owned();
        self.at += 1;
        Some(text)
    }

    fn tell(&mut self, start: usize) -> Option<()> {
        (self.visit)(start, &self.path).then_some(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }
}
