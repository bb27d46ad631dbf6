/// What letters lose before they are compared: diacritics, strokes and hooks.
///
/// The first letter of each line is what the rest of the line is read as. Made from the canonical
/// decompositions of Unicode 15 (one base letter, else marks that analysis drops) and the names
/// `LATIN SMALL LETTER x WITH …`; lowercase only, case is taken off before. The tests hold it against
/// the standard library's canonical equivalence.
enum FoldTable {
  static let lines: [String] = [
    "aàáâãäåāăąǎǟǡǻȁȃȧᶏḁẚạảấầẩẫậắằẳẵặⱥ",
    "bƀƃɓᵬᶀḃḅḇꞗ",
    "cçćĉċčƈȼɕḉꞓꞔ",
    "dðďđƌȡɖɗᵭᶁᶑḋḍḏḑḓꟈ",
    "eèéêëēĕėęěȅȇȩɇᶒḕḗḙḛḝẹẻẽếềểễệⱸꬴ",
    "fƒᵮᶂḟꞙ",
    "gĝğġģǥǧǵɠᶃḡꞡ",
    "hĥħȟɦḣḥḧḩḫẖⱨꞕ",
    "iìíîïĩīĭįıǐȉȋɨᶖḭḯỉị",
    "jĵǰɉʝ",
    "kķƙǩᶄḱḳḵⱪꝁꝃꝅꞣ",
    "lĺļľŀłƚȴɫɬɭᶅḷḹḻḽⱡꝉꞎꬷꬸꬹ",
    "mɱᵯᶆḿṁṃꬺ",
    "nñńņňŉŋƞǹȵɲɳᵰᶇṅṇṉṋꞑꞥꬻ",
    "oòóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợⱺꝋꝍ",
    "pƥᵱᵽᶈṕṗꝑꝓꝕ",
    "qɋʠꝗꝙ",
    "rŕŗřȑȓɍɼɽɾᵲᵳᶉṙṛṝṟꞧꭉ",
    "sśŝşšſșȿʂᵴᶊṡṣṥṧṩẛꞩꟊ",
    "tţťŧƫƭțȶʈᵵṫṭṯṱẗⱦ",
    "uùúûüũūŭůűųưǔǖǘǚǜȕȗᶙṳṵṷṹṻụủứừửữựꞹꭎꭒ",
    "vʋᶌṽṿⱱⱴꝟ",
    "wŵẁẃẅẇẉẘⱳ",
    "xᶍẋẍꭖꭗꭘꭙ",
    "yýÿŷƴȳɏẏẙỳỵỷỹỿꭚ",
    "zźżžƶȥɀʐʑᵶᶎẑẓẕⱬ",
    "ʒǯ",
    "αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ",
    "εέἐἑἒἓἔἕὲέ",
    "ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ",
    "ιΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ",
    "μµ",
    "οόὀὁὂὃὄὅὸό",
    "ρῤῥ",
    "σς",
    "υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ",
    "ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ",
    "аӑӓ",
    "гѓ",
    "еѐёӗ",
    "жӂӝ",
    "зӟ",
    "ийѝӣӥ",
    "кќ",
    "оӧ",
    "уўӯӱӳ",
    "чӵ",
    "ыӹ",
    "эӭ",
    "ії",
    "ѵѷ",
    "әӛ",
    "өӫ",
    // Arabic, by number so that the line reads in one direction.
    "\u{627}\u{622}\u{623}\u{625}", "\u{648}\u{624}", "\u{64A}\u{626}", "\u{6C1}\u{6C2}",
    "\u{6D2}\u{6D3}", "\u{6D5}\u{6C0}",
  ]

  /// Letters read as two or three ASCII letters.
  static let expansions: [(letter: Unicode.Scalar, letters: StaticString)] = [
    ("ß", "ss"), ("æ", "ae"), ("ǣ", "ae"), ("ǽ", "ae"), ("œ", "oe"), ("þ", "th"), ("ĳ", "ij"),
    ("ǆ", "dz"), ("ǉ", "lj"), ("ǌ", "nj"), ("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"),
    ("ﬄ", "ffl"), ("ﬅ", "st"), ("ﬆ", "st"),
  ]
}
