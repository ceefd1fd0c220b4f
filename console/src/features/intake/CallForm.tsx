import { useTranslation } from 'react-i18next';

import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import type { Field } from './draft';
import { KindBox } from './KindBox';
import { PlaceBox } from './PlaceBox';
import { PriorityChoice } from './PriorityChoice';
import type { Call } from './useCall';

interface Props {
  call: Call;
  onSend: () => void;
}

/** The fields of a call in the order of the questions. Ctrl+Enter sends from any of them. */
export function CallForm({ call, onSend }: Props) {
  const { t } = useTranslation();
  const { draft, change, kind } = call;
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
        error={errorOf('text')}
      />
      <PlaceBox
        spot={draft.spot}
        onFinding={call.find}
        onSpot={(spot) => change({ spot })}
        error={errorOf('spot')}
      />
      <KindBox
        kinds={call.kinds}
        kind={kind}
        isSuggested={draft.kind === null && kind !== undefined}
        onKind={(code) => change({ kind: code })}
        error={errorOf('kind')}
      />
      <PriorityChoice
        value={draft.priority ?? kind?.priority ?? null}
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
    </form>
  );
}
