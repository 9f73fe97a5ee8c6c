import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { MerchantNow } from "#contract/ipc/setup-view.ts";
import { formatDayAndClock, formatIsoDay } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useNow } from "../../i18n/use-now.ts";
import { useFromSection } from "../../till-client.ts";
import { offsetWords } from "./offset-words.ts";
import { useSettingsText } from "./settings-texts.ts";

/** A new certificate takes a person a week; two months leave room for holidays. */
const warnBeforeMs = 60 * 86_400_000;
const dayMs = 86_400_000;

/** The present merchant. Values are the same in every language and are read aloud as they are. */
export function MerchantFacts({ now }: { readonly now: MerchantNow }) {
  const text = useSettingsText();
  const place = useClockPlace();
  const clockOffsetMs = useFromSection("status", ({ gateway }) => gateway.clockOffsetMs);
  return (
    <section className="settings-card">
      <h3>{text("facts")}</h3>
      <dl className="settings-facts">
        <Fact name={text("fact.mchid")} value={now.mchid} />
        <Fact name={text("fact.appid")} value={now.appid} />
        {now.subMchid !== null && <Fact name={text("fact.subMchid")} value={now.subMchid} />}
        <Fact name={text("fact.certSerial")} value={shortSerial(now.certSerial)} title={now.certSerial} />
        {(now.certificateEndsAtMs !== null || now.fingerprint !== null) && (
          <Words name={text("fact.certificate-ends")}>
            {now.certificateEndsAtMs === null
              ? text("fact.certificate-ends.none")
              : formatIsoDay(now.certificateEndsAtMs, place)}
          </Words>
        )}
        {now.fingerprint !== null && <Fact name={text("fact.fingerprint")} value={now.fingerprint} />}
        <Words name={text("fact.answers")}>{text(`fact.answers.${now.answersSignedBy}`)}</Words>
        {now.publicKeyId !== "" && (
          <Fact name={text("fact.publicKeyId")} value={shortSerial(now.publicKeyId)} title={now.publicKeyId} />
        )}
        <Fact name={text("fact.protocol")} value={now.codepayProtocol} />
        <Fact name={text("fact.gateway")} value={now.baseUrl} />
        <Words name={text("fact.last-answer")}>
          {now.lastAnswerAtMs === null ? text("fact.last-answer.none") : formatDayAndClock(now.lastAnswerAtMs, place)}
        </Words>
        <Words name={text("fact.clock")}>{offsetWords(clockOffsetMs, text)}</Words>
      </dl>
      {now.certificateEndsAtMs !== null && <CertificateWarning endsAtMs={now.certificateEndsAtMs} />}
    </section>
  );
}

function Fact(props: { readonly name: string; readonly value: string; readonly title?: string }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd className="figures" lang="zxx" title={props.title}>
        {props.value}
      </dd>
    </div>
  );
}

function Words({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}

/** In time for a person to get another one; without it no payment goes through from that day on. */
function CertificateWarning({ endsAtMs }: { readonly endsAtMs: number }) {
  const text = useSettingsText();
  const leftMs = endsAtMs - useNow(60_000);
  if (leftMs >= warnBeforeMs) return null;
  return (
    <p className="settings-warning" data-testid="certificate-warning">
      <IconAlertTriangle size={20} aria-hidden />
      {leftMs <= 0 ? text("fact.expired") : text("fact.days-left", { days: Math.floor(leftMs / dayMs) })}
    </p>
  );
}

/** The beginning and the end are what a person compares. */
export function shortSerial(serial: string): string {
  return serial.length <= 24 ? serial : `${serial.slice(0, 12)}…${serial.slice(-8)}`;
}
