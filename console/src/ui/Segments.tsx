import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

export interface Segment<Value extends string> {
  value: Value;
  text: string;
  count?: number;
}

interface Props<Value extends string> {
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few views, all of them in sight. */
export function Segments<Value extends string>({ label, segments, value, onChange }: Props<Value>) {
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label={label}
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find((segment) => keys.has(segment.value));
        if (chosen) onChange(chosen.value);
      }}
    >
      {segments.map((segment) => (
        <ToggleButton key={segment.value} id={segment.value} className="segment">
          {segment.text}
          {segment.count !== undefined && <span className="segment__count">{segment.count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
