/** `String.format`: `{0}` is a value, a text in single quotes is literal, two single quotes are one (java.text.MessageFormat). */
export function messageFormat(pattern: string, values: readonly string[]): string {
  let result = '';
  let quoted = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === "'") {
      if (pattern.charAt(at + 1) === "'") {
        result += "'";
        at++;
      } else quoted = !quoted;
      continue;
    }
    const slot = quoted || char !== '{' ? null : /^\{(\d+)\}/.exec(pattern.slice(at));
    if (slot === null) {
      result += char;
      continue;
    }
    result += values[Number(slot[1])] ?? slot[0];
    at += slot[0].length - 1;
  }
  return result;
}
