import { IconAlertTriangle, IconBrandWechat, IconCloudOff } from "@tabler/icons-react";
import type { Fen } from "#core/money/fen.ts";
import { formatClock, formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { useSection } from "../../till-client.ts";

/** Whether a scan takes money right now, how much, and if not, why not. */
export function WechatHint(props: {
  readonly amountFen: Fen;
  readonly isSplit: boolean;
  /** Leaves out what goes without saying: that WeChat Pay is there. */
  readonly isShort: boolean;
}) {
  const { amountFen, isSplit, isShort } = props;
  const text = useTillText();
  const place = useClockPlace();
  const { takesWechat, isWechatBroken } = useSection("shop");
  const { gateway } = useSection("status");
  if (!takesWechat) {
    return (
      <p className="wechat-hint wechat-off" data-testid="wechat-hint" data-state="off">
        <IconCloudOff size={26} aria-hidden />
        {text(isWechatBroken ? "payment.broken" : "payment.not-set-up")}
      </p>
    );
  }
  if (gateway.state === "offline") {
    const time = gateway.sinceMs === null ? "" : formatClock(gateway.sinceMs, place);
    return (
      <p className="wechat-hint wechat-offline" data-testid="wechat-hint" data-state="offline">
        <IconAlertTriangle size={26} aria-hidden />
        {text("payment.offline", { time })}
      </p>
    );
  }
  if (isShort) return null;
  return (
    <p className="wechat-hint" data-testid="wechat-hint" data-state="live">
      <span className="wechat-badge">
        <IconBrandWechat size={28} aria-hidden />
      </span>
      <span>
        <strong>{text("payment.scan-now")}</strong>
        <small>
          {text(isSplit ? "payment.split-active" : "payment.scan-takes", { amount: formatMoney(amountFen) })}
        </small>
      </span>
    </p>
  );
}
