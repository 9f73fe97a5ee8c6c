/** Mainland mobile numbers: eleven digits, of which the second is 3 to 9. */
const shape = /^1[3-9]\d{9}$/;

/** A phone number however it was typed: with spaces, dashes, +86 or 86 before it; null where it is none. */
export function readPhone(text: string): string | null {
  const digits = text.replace(/[\s-]/gu, "").replace(/^(?:\+?86)(?=1\d{10}$)/u, "");
  return shape.test(digits) ? digits : null;
}

/** 138****1234: the only form in which a number leaves the table it is kept in. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
