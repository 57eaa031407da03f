import type { CorpusPage, Group } from '../page.ts';
import { html } from '../parts.ts';

const inLanguage = (name: string, lang: string, title: string, words: string, dir = 'ltr'): CorpusPage => ({
  name: `text-${name}`,
  html: html(
    `<header>${title}</header><main><h1>${title}</h1><p style="font-size:32px">${words}</p><p>${words.repeat(2)}</p></main>`,
    {
      attributes: ` lang="${lang}" dir="${dir}"`,
    },
  ),
});

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Bytes of windows-1251, for Russian letters. */
function windows1251(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  });
}

/** `日本語` and kana in JIS X 0208, row and cell from 0x21. */
const jis: ReadonlyArray<readonly [number, number]> = [
  [0x46, 0x7c],
  [0x4b, 0x5c],
  [0x38, 0x6c],
  [0x24, 0x4e],
  [0x25, 0x46],
  [0x25, 0x2d],
  [0x25, 0x39],
  [0x25, 0x48],
];
const shiftJis = Buffer.concat(
  jis.map(([row, cell]) => {
    const lead = ((row + 1) >> 1) + 0x70;
    const trail = row % 2 === 1 ? cell + (cell > 0x5f ? 0x20 : 0x1f) : cell + 0x7e;
    return Buffer.from([lead > 0x9f ? lead + 0x40 : lead, trail]);
  }),
);
const eucJp = Buffer.from(jis.flat().map((byte) => byte | 0x80));
const iso2022 = Buffer.concat([Buffer.from('\x1b$B'), Buffer.from(jis.flat()), Buffer.from('\x1b(B')]);

const encoded = (name: string, charset: string, word: Uint8Array, way: 'header' | 'meta'): CorpusPage => ({
  name: `encoding-${name}`,
  type: way === 'header' ? `text/html; charset=${charset}` : 'text/html',
  html: Buffer.concat([
    Buffer.from(
      `<!doctype html><html><head>${way === 'meta' ? `<meta charset="${charset}">` : ''}<title>t</title></head><body style="font:80px sans-serif"><h1>`,
    ),
    word,
    Buffer.from(`</h1><p style="font-size:30px">${charset}</p></body></html>`),
  ]),
});

/** Text of the world, and the bytes it comes in. */
export const languages: Group = {
  name: 'text',
  pages: [
    inLanguage(
      'arabic',
      'ar',
      'أخبار البحر',
      'كان الميناء هادئًا في ذلك الصباح، وكانت القوارب راسية جنبًا إلى جنب. ',
      'rtl',
    ),
    inLanguage('hebrew', 'he', 'חדשות הים', 'הנמל היה שקט באותו בוקר, והסירות עגנו זו לצד זו. ', 'rtl'),
    inLanguage('persian', 'fa', 'خبرهای دریا', 'بندر آن روز صبح آرام بود و قایق‌ها کنار هم ایستاده بودند. ', 'rtl'),
    inLanguage('hindi', 'hi', 'समुद्र की ख़बरें', 'उस सुबह बंदरगाह शांत था और नावें एक-दूसरे के पास खड़ी थीं। '),
    inLanguage('tamil', 'ta', 'கடல் செய்திகள்', 'அன்று காலை துறைமுகம் அமைதியாக இருந்தது. படகுகள் அருகருகே நின்றன. '),
    inLanguage('bengali', 'bn', 'সমুদ্রের খবর', 'সেই সকালে বন্দরটি শান্ত ছিল এবং নৌকাগুলি পাশাপাশি দাঁড়িয়ে ছিল। '),
    inLanguage('thai', 'th', 'ข่าวจากทะเล', 'เช้าวันนั้นท่าเรือเงียบสงบ เรือจอดเรียงกันเป็นแถว '),
    inLanguage('chinese', 'zh-Hans', '大海的消息', '那天早晨，港口很安静，船只并排停靠，好像有人数过它们一样。'),
    inLanguage('taiwan', 'zh-Hant', '大海的消息', '那天早晨，港口很安靜，船隻並排停靠，好像有人數過它們一樣。'),
    inLanguage(
      'japanese',
      'ja',
      '海からの便り',
      'その朝、港は静かで、船は誰かが数えたかのように並んでいた。直線と骨。',
    ),
    inLanguage('korean', 'ko', '바다 소식', '그날 아침 항구는 조용했고 배들은 누가 세어 놓은 듯 나란히 있었다. '),
    inLanguage('greek', 'el', 'Νέα της θάλασσας', 'Το λιμάνι ήταν ήσυχο εκείνο το πρωί. '),
    inLanguage(
      'vietnamese',
      'vi',
      'Tin tức từ biển',
      'Buổi sáng hôm ấy bến cảng yên tĩnh, những con thuyền nằm cạnh nhau. ',
    ),
    inLanguage('emoji', 'en', 'Emoji 🌊⛵🐟', '😀 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇯🇵 🇧🇷 ✈️ ☀︎ ❤️‍🔥 1️⃣ 🫠 and text between. '),
    inLanguage('mixed-directions', 'en', 'Both ways', 'Hello שלום 123 مرحبا (world) – 45%. '),
    {
      name: 'text-vertical',
      html: html(
        '<main style="writing-mode:vertical-rl;height:560px"><h1>海からの便り</h1><p>その朝、港は静かで、船は並んでいた。<ruby>港<rt>みなと</rt></ruby></p></main>',
        { attributes: ' lang="ja"' },
      ),
    },
    {
      name: 'text-dates',
      html: html(
        '<main><h1 id="d"></h1><p id="n"></p></main><script>const day = new Date(Date.UTC(2024, 2, 9, 23, 30)); d.textContent = day.toLocaleString("de", { dateStyle: "full", timeStyle: "long" }); n.textContent = (1234567.891).toLocaleString() + " " + navigator.language</script>',
        { attributes: ' lang="de"' },
      ),
    },
    encoded('windows-1251', 'windows-1251', windows1251('Новости моря'), 'header'),
    encoded('windows-1251-meta', 'windows-1251', windows1251('Новости моря'), 'meta'),
    encoded('shift-jis', 'Shift_JIS', shiftJis, 'meta'),
    encoded('shift-jis-header', 'Shift_JIS', shiftJis, 'header'),
    encoded('euc-jp', 'EUC-JP', eucJp, 'header'),
    encoded('iso-2022-jp', 'ISO-2022-JP', iso2022, 'header'),
    encoded('iso-2022-jp-meta', 'ISO-2022-JP', iso2022, 'meta'),
    encoded('latin-1', 'iso-8859-1', latin1('Neues vom Meer: Grüße, £5, ½'), 'header'),
    {
      name: 'encoding-utf-16',
      type: 'text/html',
      html: Buffer.from(
        '\ufeff<!doctype html><html><head><title>t</title></head><body style="font:80px sans-serif"><h1>UTF-16: 海 море</h1></body></html>',
        'utf16le',
      ),
    },
    {
      name: 'encoding-utf-8-mark',
      type: 'text/html',
      html: Buffer.from(
        '\ufeff<!doctype html><html><head><title>t</title></head><body style="font:80px sans-serif"><h1>Mark: Grüße 海</h1></body></html>',
      ),
    },
    {
      name: 'encoding-none-said',
      type: 'text/html',
      html: latin1(
        '<!doctype html><html><head><title>t</title></head><body style="font:80px sans-serif"><h1>Grüße</h1></body></html>',
      ),
    },
  ],
};
