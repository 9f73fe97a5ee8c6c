import type { DisplayView } from "#contract/ipc/display-view.ts";
import { formatClock } from "../i18n/formats.ts";
import { localName, useClockPlace } from "../i18n/locale.tsx";
import { useNow } from "../i18n/use-now.ts";
import { ShopMark } from "./ShopMark.tsx";

/** The strip that never moves: whose till this is, and the time. */
export function DisplayBar({ shop }: { readonly shop: DisplayView["shop"] }) {
  const place = useClockPlace();
  const { locale } = place;
  const nowMs = useNow(1_000);
  return (
    <header className="display-bar">
      <ShopMark shop={shop} className="display-bar-mark" />
      <span className="display-bar-name">{localName(shop, locale)}</span>
      <span className="figures display-bar-clock">{formatClock(nowMs, place)}</span>
    </header>
  );
}
