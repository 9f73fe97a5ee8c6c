import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconClockHour4,
  IconHelpCircle,
  IconKey,
} from "@tabler/icons-react";
import { useWords, type TextKey } from "../texts.tsx";

export type StateName = "agreed" | "differs" | "never" | "active" | "late" | "revoked" | "invited";

const looks = {
  agreed: { tone: "good", Icon: IconCircleCheck },
  active: { tone: "good", Icon: IconCircleCheck },
  differs: { tone: "bad", Icon: IconAlertTriangle },
  revoked: { tone: "off", Icon: IconBan },
  never: { tone: "wait", Icon: IconHelpCircle },
  late: { tone: "wait", Icon: IconClockHour4 },
  invited: { tone: "wait", Icon: IconKey },
} as const satisfies Record<StateName, object>;

/** How something stands: a word with its colour and its icon, never a colour alone and never a spinner. */
export function StateWord({ state }: { readonly state: StateName }) {
  const { text } = useWords();
  const { tone, Icon } = looks[state];
  const key: TextKey = `state.${state}`;
  return (
    <span className={`office-state office-state-${tone}`}>
      <Icon aria-hidden size={18} />
      {text(key)}
    </span>
  );
}
