import { useState } from 'react';
import {
  CheckboxButton,
  CheckboxField,
  CheckboxGroup,
  Dialog,
  DialogTrigger,
  Heading,
  Label,
  Modal,
  ModalOverlay,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { nameOf } from '../../api/reference';
import { useCrewMembers, usePlanShift } from '../../api/units';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';

const SHIFT_HOURS = 8;
const HOUR_MS = 3600_000;

/** A time as the browser's own field of date and time writes it, in local time. */
function written(at_ms: number): string {
  const local_ms = at_ms - new Date(at_ms).getTimezoneOffset() * 60_000;
  return new Date(local_ms).toISOString().slice(0, 16);
}

/** Plan who is on a unit, from when to when. */
export function PlanShift({ unitId }: { unitId: string }) {
  const { t } = useTranslation();
  const plan = usePlanShift();
  const people = useCrewMembers().data ?? [];
  const [begins, setBegins] = useState(() => written(Date.now()));
  const [ends, setEnds] = useState(() => written(Date.now() + SHIFT_HOURS * HOUR_MS));
  const [crew, setCrew] = useState<string[]>([]);
  const ready = crew.length > 0 && begins !== '' && ends !== '';
  return (
    <DialogTrigger>
      <Button look="quiet">{t('shift.plan')}</Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal>
          <Dialog className="dialog">
            {({ close }) => (
              <form
                className="stack"
                onSubmit={(event) => {
                  event.preventDefault();
                  if (!ready) return;
                  plan.mutate(
                    {
                      unitId,
                      beginsAt: new Date(begins).toISOString(),
                      endsAt: new Date(ends).toISOString(),
                      crew,
                    },
                    { onSuccess: close },
                  );
                }}
              >
                <Heading slot="title" level={2}>
                  {t('shift.plan')}
                </Heading>
                <TextInput
                  label={t('shift.begins')}
                  type="datetime-local"
                  value={begins}
                  onChange={setBegins}
                />
                <TextInput
                  label={t('shift.ends')}
                  type="datetime-local"
                  value={ends}
                  onChange={setEnds}
                />
                <CheckboxGroup value={crew} onChange={setCrew} className="shift__people">
                  <Label className="field__label">{t('shift.crew')}</Label>
                  {people.map((person) => (
                    <CheckboxField key={person.id} value={person.id}>
                      <CheckboxButton className="shift__person">
                        <span className="shift__tick" aria-hidden />
                        {nameOf(person)} <span className="soft">{person.username}</span>
                      </CheckboxButton>
                    </CheckboxField>
                  ))}
                </CheckboxGroup>
                <ProblemNote problem={plan.error} />
                <div className="line-up">
                  <Button type="submit" look="main" isDisabled={!ready || plan.isPending}>
                    {t('shift.plan')}
                  </Button>
                  <Button onPress={close}>{t('action.cancel')}</Button>
                </div>
              </form>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
