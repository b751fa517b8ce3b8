//! An article of any length for benches, with about one finding every 500 bytes.

/// Sentences as a wire writes them: some sourced, some quoted, a few at fault.
const SENTENCES: [&str; 12] = [
    "The finance minister said on Monday that the deficit would fall to 3.2 percent of output next year.",
    "“We have done what we promised,” Maria Keller told reporters in Berlin. “Now the others must follow.”",
    "The central bank cut its main rate by a quarter of a point, the third cut since March.",
    "According to a report by the Court of Auditors, 14 of the 27 projects were never finished.",
    "Opposition leader Tom Hale called the plan “a gift to the banks” and asked for a vote before the summer.",
    "It is believed that the talks in Vienna will go on for another week at least.",
    "Exports to China rose 4 percent in the first half, the trade ministry in Tokyo reported.",
    "The company, which employs 1,200 people in Lyon, did not answer questions about the sale.",
    "Diplomatic sources said the two governments were close to an agreement on gas.",
    "She denied that the letter had ever been sent, saying her office kept a list of all mail.",
    "The bridge was closed for repairs in June and reopened last Friday.",
    "Farmers in the north have waited for rain since April, and some have sold their herds.",
];

/// A text of at least `bytes` bytes with the wire header, in paragraphs of three sentences.
pub fn article(bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 256);
    out.push_str("date 2022-10-09 ");
    for index in 0.. {
        // Two steps that share no factor with the list's length, so paragraphs differ.
        out.push_str(SENTENCES[(index * 5 + index / 12) % SENTENCES.len()]);
        if out.len() >= bytes {
            break;
        }
        out.push_str(if index % 3 == 2 { "\n\n" } else { " " });
    }
    out.push('\n');
    out
}
