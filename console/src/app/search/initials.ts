/** First letters of the pinyin of Chinese names, as people type them: 案件 is found by "aj". */

const collator = new Intl.Collator('zh-CN-u-co-pinyin');
/** The first character of each letter in the order of pinyin; no sound begins with I, U or V. */
const FIRST = Array.from('阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥仨它穵夕丫帀');
const LETTERS = 'abcdefghjklmnopqrstwxyz';
const HAN = /\p{Script=Han}/u;

function initial(character: string): string {
  if (!HAN.test(character)) return character;
  const next = FIRST.findIndex((first) => collator.compare(first, character) > 0);
  return LETTERS.charAt(next === -1 ? LETTERS.length - 1 : Math.max(0, next - 1));
}

/** The first letter of each Chinese character of a name; other letters as they are. */
export function initialsOf(name: string): string {
  return Array.from(name, initial).join('').toLowerCase();
}
