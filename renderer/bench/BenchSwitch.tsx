import type { ReactNode } from "react";

/** Something that can be put out of order with one click; on is trouble, so on is amber. */
export function BenchSwitch(props: {
  readonly isOn: boolean;
  readonly label: string;
  readonly icon: ReactNode;
  readonly testId: string;
  readonly onTurn: (isOn: boolean) => void;
}) {
  const { isOn, label, icon, testId, onTurn } = props;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      className="bench-switch"
      data-testid={testId}
      onClick={() => onTurn(!isOn)}
    >
      {icon}
      <span>{label}</span>
    </button>
  );
}
