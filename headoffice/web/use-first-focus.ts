import { useEffect, useRef, type RefObject } from "react";

/** For the one field of a page that has nothing else: whoever comes types at once. */
export function useFirstFocus(): RefObject<HTMLInputElement | null> {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return first;
}
