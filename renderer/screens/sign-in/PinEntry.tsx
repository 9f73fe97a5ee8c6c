import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { PersonView } from "#contract/ipc/till-view.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { PinPad, usePin } from "../../parts/PinPad.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useCountdown } from "../../parts/use-countdown.ts";
import { isKeyOf } from "../../till/key-map.ts";
import { isOnButton, useKeys } from "../../till/keys.ts";
import { send } from "../../till-client.ts";

/** The PIN of the chosen person, typed blind; a lockout counts down in plain words and takes no digits. */
export function PinEntry(props: {
  readonly person: PersonView;
  readonly fault: IntentFault | null;
  readonly onStep: (by: number) => void;
  readonly onPin: (pin: string) => Promise<void>;
}) {
  const { person, fault, onStep, onPin } = props;
  const text = useTillText();
  const place = useClockPlace();
  const lock = useCountdown(person.lockedUntilMs);
  const isLocked = lock.seconds > 0;
  const pin = usePin(onPin, isLocked);
  const [isFresh, setIsFresh] = useState(true);

  useKeys("screen", (event) => {
    if (pin.hear(event)) {
      setIsFresh(false);
      return true;
    }
    if (isKeyOf("language", event)) return switchLanguage(place.locale);
    if (event.key === "Enter" && !isOnButton(event)) return pin.submit();
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (by === undefined) return false;
    onStep(by);
    return true;
  });

  const sentence = isLocked ? text("sign-in.locked", { time: lock.clock }) : wrongSentence();
  return (
    <div className="pin-entry">
      <PinPad
        label={text("sign-in.pin-of", { name: person.name })}
        pin={pin}
        enter={
          <EnterKey
            testId="sign-in"
            word={text("sign-in.enter")}
            isReady={pin.isLongEnough && !isLocked}
            onPress={() => void pin.submit()}
          />
        }
      />
      <div className="pin-trouble">{sentence !== null && <TroubleNote text={sentence} />}</div>
    </div>
  );

  /** The lock itself counts down above; once it is over its sentence is over too. */
  function wrongSentence(): string | null {
    if (fault === null || fault.kind === "locked" || (!isFresh && pin.length > 0)) return null;
    return faultText(fault, text, place);
  }
}

function switchLanguage(locale: "zh-CN" | "en"): boolean {
  void send("set-locale", { locale: locale === "zh-CN" ? "en" : "zh-CN" });
  return true;
}
