const codeShape = /^[2-9A-HJKMNP-Z]{10}$/;
/** More than any way of writing ten characters in groups. */
const mostCharacters = 40;

/**
 * The one-time code of head office as it was typed or scanned: `ab2cd-3ef4g` is `AB2CD3EF4G`. Case, blanks and dashes do
 * not count. Null for anything else; head office never uses 0, O, 1, I and L.
 */
export function readEnrolmentCode(text: string): string | null {
  if (text.length > mostCharacters) return null;
  const code = text.replaceAll(/[\s\u2010-\u2015-]/g, "").toUpperCase();
  return codeShape.test(code) ? code : null;
}

/** `AB2CD-3EF4G`: in two groups, which an eye can hold. */
export function groupEnrolmentCode(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}
