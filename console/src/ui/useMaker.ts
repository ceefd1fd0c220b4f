import { useTranslation } from 'react-i18next';

/** How to call who did something: a part of the system by what it does, a person by name. */
export function useMaker(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => t(`maker.${name}`, { defaultValue: name });
}
