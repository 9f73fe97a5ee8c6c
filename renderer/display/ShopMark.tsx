import type { DisplayView } from "#contract/ipc/display-view.ts";
import { localName, useLocale } from "../i18n/locale.tsx";

/** The shop's sign: an awning over the first character of its name. */
export function ShopMark({ shop, className }: { readonly shop: DisplayView["shop"]; readonly className?: string }) {
  const first = firstCharacter(localName(shop, useLocale()));
  return (
    <svg className={className} viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" rx="14" fill="#0b6b66" />
      <path d="M10 12h44v10a5.5 5.5 0 0 1-11 0 5.5 5.5 0 0 1-11 0 5.5 5.5 0 0 1-11 0 5.5 5.5 0 0 1-11 0z" fill="#fff" />
      <path d="M21 12h11v10a5.5 5.5 0 0 1-11 0zM43 12h11v10a5.5 5.5 0 0 1-11 0z" fill="#bfe8e3" />
      <text x="32" y="52" textAnchor="middle" fontSize="25" fontWeight="700" fill="#fff">
        {first}
      </text>
    </svg>
  );
}

export function firstCharacter(name: string): string {
  return [...name.trim()][0] ?? "";
}
