import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCity } from '../../api/reference';
import { useServerNow } from '../../api/serverClock';
import { useDraftWarning, type PublicWarning, type WarningDraft } from '../../api/warnings';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { FormDialog } from '../../ui/FormDialog';
import { TextInput } from '../../ui/TextInput';

const HOUR_MS = 3600_000;
const PARTS = ['event', 'headline', 'description', 'instruction', 'area'] as const;
const LANGUAGES = ['zh', 'en'] as const;
const LISTS = {
  status: ['Actual', 'Exercise', 'Test'],
  category: ['Geo', 'Met', 'Safety', 'Rescue', 'Fire', 'Health', 'Env', 'Transport', 'Infra', 'CBRNE'],
  urgency: ['Immediate', 'Expected', 'Future'],
  severity: ['Extreme', 'Severe', 'Moderate', 'Minor'],
  certainty: ['Observed', 'Likely', 'Possible'],
  response: ['Shelter', 'Evacuate', 'Prepare', 'Avoid', 'Monitor', 'None'],
} as const;
type ListName = keyof typeof LISTS;
const HOURS = ['1', '3', '6', '24', '72'] as const;
const RADII = ['0.5', '1', '2', '5'] as const;
const NONE = '';

type Part = (typeof PARTS)[number];
type Words = Record<(typeof LANGUAGES)[number], Record<Part, string>>;
type Listed = Pick<WarningDraft, ListName>;

const blank = (): Record<Part, string> => ({
  event: '',
  headline: '',
  description: '',
  instruction: '',
  area: '',
});
const LISTED: Listed = {
  status: 'Exercise',
  category: 'Safety',
  urgency: 'Immediate',
  severity: 'Severe',
  certainty: 'Observed',
  response: 'Prepare',
};

/** A warning is drafted in both languages around a place; a published one may be replaced by it. */
export function DraftWarning({ published }: { published: readonly PublicWarning[] }) {
  const { t } = useTranslation();
  const draft = useDraftWarning();
  const now_ms = useServerNow();
  const centre = useCity().data?.centre;
  const [listed, setListed] = useState<Listed>(LISTED);
  const [words, setWords] = useState<Words>({ zh: blank(), en: blank() });
  const [hours, setHours] = useState<(typeof HOURS)[number]>('6');
  const [radius, setRadius] = useState<(typeof RADII)[number]>('1');
  const [place, setPlace] = useState<string | null>(null);
  const [replaces, setReplaces] = useState(NONE);
  const shown = place ?? (centre === undefined ? '' : `${centre[1]}, ${centre[0]}`);
  const [lat, lon] = shown.split(',').map(Number);
  const whole = LANGUAGES.every((language) => PARTS.every((part) => words[language][part].trim()));
  const placed = Number.isFinite(lat) && Number.isFinite(lon);
  return (
    <FormDialog
      button={<Button look="main">{t('warning.draft')}</Button>}
      title={t('warning.draft')}
      text={t('warning.draft_text')}
      confirm={t('warning.draft')}
      problem={draft.error}
      isPending={draft.isPending}
      isReady={whole && placed}
      onSubmit={(close) =>
        draft.mutate(
          {
            ...listed,
            words,
            expires_at: new Date(now_ms + Number(hours) * HOUR_MS).toISOString(),
            circle: { lon: lon ?? 0, lat: lat ?? 0, radius_km: Number(radius) },
            ...(replaces === NONE ? {} : { replaces }),
          },
          { onSuccess: close },
        )
      }
    >
      <ListChoice name="status" listed={listed} onChange={setListed} />
      <ListChoice name="severity" listed={listed} onChange={setListed} />
      <ListChoice name="category" listed={listed} onChange={setListed} />
      <ListChoice name="urgency" listed={listed} onChange={setListed} />
      <ListChoice name="certainty" listed={listed} onChange={setListed} />
      <ListChoice name="response" listed={listed} onChange={setListed} />
      {LANGUAGES.map((language) =>
        PARTS.map((part) => (
          <TextInput
            key={`${language} ${part}`}
            label={t(`warning.${language}.${part}`)}
            value={words[language][part]}
            onChange={(value) =>
              setWords((all) => ({ ...all, [language]: { ...all[language], [part]: value } }))
            }
            {...(part === 'description' || part === 'instruction' ? { rows: 2 } : {})}
          />
        )),
      )}
      <TextInput label={t('warning.place')} value={shown} onChange={setPlace} />
      <Choice
        label={t('warning.radius')}
        value={radius}
        onChange={setRadius}
        options={RADII.map((value) => ({ value, text: `${value} km` }))}
      />
      <Choice
        label={t('warning.for_hours')}
        value={hours}
        onChange={setHours}
        options={HOURS.map((value) => ({ value, text: t('agency.hours', { hours: value }) }))}
      />
      <Choice
        label={t('warning.replaces')}
        value={replaces}
        onChange={setReplaces}
        options={[
          { value: NONE, text: t('warning.replaces_none') },
          ...published
            .filter(({ state }) => state === 'PUBLISHED')
            .map((one) => ({ value: one.id, text: one.number })),
        ]}
      />
    </FormDialog>
  );
}

interface ListProps {
  name: ListName;
  listed: Listed;
  onChange: (listed: Listed) => void;
}

/** One of the values that CAP lists for a statement. */
function ListChoice({ name, listed, onChange }: ListProps) {
  const { t } = useTranslation();
  return (
    <Choice<string>
      label={t(`warning.list.${name}`)}
      value={listed[name]}
      onChange={(value) => onChange({ ...listed, [name]: value })}
      options={LISTS[name].map((value) => ({
        value,
        text: t(`warning.${name}.${value}`, { defaultValue: value }),
      }))}
    />
  );
}
