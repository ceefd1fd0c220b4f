import { useTranslation } from 'react-i18next';

import type { Reading } from '../../api/types';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import type { Field } from './draft';
import { KindBox } from '../../ui/KindBox';
import { PlaceBox } from './PlaceBox';
import { PriorityChoice } from './PriorityChoice';
import type { Call } from './useCall';

interface Props {
  call: Call;
  onSend: () => void;
}

/** Words that count for nothing, because the line says that it is not so. */
function Negated({ reading }: { reading: Reading | undefined }) {
  const { t } = useTranslation();
  const words = reading?.negated.map(({ text }) => text).join(' · ') ?? '';
  if (words === '') return null;
  return <p className="field__hint">{t('call.negated', { words })}</p>;
}

/** What belongs into the contact: shown while it is typed; nothing is taken out of the line. */
function Personal({ reading }: { reading: Reading | undefined }) {
  const { t } = useTranslation();
  const found = reading?.personal.filter(({ kind }) => kind !== 'DWELLING') ?? [];
  if (found.length === 0) return null;
  const words = found.map(({ kind, words: { text } }) => `${t(`call.personal_kind.${kind}`)} ${text}`);
  return <p className="field__hint">{t('call.personal', { words: words.join(' · ') })}</p>;
}

/** On which words the suggested kind stands, and how sure that is; nothing where a hand chose it. */
function useStandsOn({ draft, reading }: Call): string | undefined {
  const { t } = useTranslation();
  if (draft.kind !== null || !reading?.kind) return undefined;
  return t('call.kind_suggested', {
    words: reading.kind.words.map(({ text }) => text).join(' · '),
    confidence: t(`call.confidence.${reading.confidence}`),
  });
}

/** What becomes of the line itself while nothing is sent: silent, lost, or ended. */
function LineMoves({ call }: { call: Call }) {
  const { t } = useTranslation();
  if (call.callId === null) return null;
  return (
    <div className="line-up">
      <Button onPress={() => call.leave('silent')}>{t('calls.move.silent')}</Button>
      <Button onPress={() => call.leave('abandon')}>{t('calls.move.abandon')}</Button>
      <Button look="quiet" onPress={() => call.leave('end')}>
        {t('calls.move.end')}
      </Button>
    </div>
  );
}

/** The fields of a call in the order of the questions. Ctrl+Enter sends from any of them. */
export function CallForm({ call, onSend }: Props) {
  const { t } = useTranslation();
  const { draft, change, kind, reading } = call;
  const standsOn = useStandsOn(call);
  const errorOf = (field: Field): string | undefined =>
    call.missing.includes(field) ? t(`call.missing.${field}`) : undefined;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        // Before an open list can take the key for itself.
        event.preventDefault();
        event.stopPropagation();
        onSend();
      }}
    >
      <TextInput
        label={t('call.text')}
        placeholder={t('call.text_hint')}
        value={draft.text}
        onChange={(text) => change({ text })}
        rows={4}
        autoFocus
      />
      <Negated reading={reading} />
      <Personal reading={reading} />
      <PlaceBox
        spot={call.spot}
        isSuggested={draft.spot === null && call.spot !== null}
        read={reading?.places ?? []}
        onFinding={call.find}
        onSpot={(spot) => change({ spot })}
        error={errorOf('spot')}
      />
      <KindBox
        kinds={call.kinds}
        kind={kind}
        hint={standsOn}
        onKind={(code) => change({ kind: code })}
        error={errorOf('kind')}
      />
      <PriorityChoice
        value={call.priority}
        isSuggested={draft.priority === null}
        onChange={(priority) => change({ priority })}
      />
      <div className="call__pair">
        <TextInput
          label={t('call.telephone')}
          type="tel"
          autoComplete="off"
          value={draft.telephone}
          onChange={(telephone) => change({ telephone })}
        />
        <TextInput
          label={t('call.caller')}
          autoComplete="off"
          value={draft.callerName}
          onChange={(callerName) => change({ callerName })}
        />
      </div>
      <p className="field__hint">{t('call.contact_kept')}</p>
      <ProblemNote problem={call.problem} />
      <Button type="submit" look="main" isDisabled={call.isSending}>
        {t('call.send')} <kbd>Ctrl</kbd>
        <kbd>Enter</kbd>
      </Button>
      <LineMoves call={call} />
    </form>
  );
}
