//! Python's `shlex.split`: the words of a section name or of a command.
//!
//! The crate `shlex` treats `#` as the start of a comment; Python's function does not.

/// The words of `text`; `None` if a quote or a backslash is unfinished.
pub fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\'' | '"' => quoted(letter, &mut letters, word.get_or_insert_default())?,
            '\\' => word.get_or_insert_default().push(letters.next()?),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Some(words)
}

/// Reads up to the next `quote`. In double quotes, a backslash escapes the quote and itself only.
fn quoted(quote: char, letters: &mut impl Iterator<Item = char>, word: &mut String) -> Option<()> {
    loop {
        match letters.next()? {
            letter if letter == quote => return Some(()),
            '\\' if quote == '"' => {
                let next = letters.next()?;
                if !matches!(next, '"' | '\\') {
                    word.push('\\');
                }
                word.push(next);
            }
            letter => word.push(letter),
        }
    }
}
