import i18next from 'i18next';
import { Component, type ReactNode } from 'react';

import { Problem } from '../api/problem';
import { Failed } from './states';

interface Props {
  children: ReactNode;
}

interface State {
  error: unknown;
}

/** Keeps a defect in one screen from taking the whole console away. */
export class Boundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const title = i18next.t('problem.defect');
    const detail = error instanceof Error ? error.message : '';
    const problem = new Problem({ code: 'defect', title, detail }, 0);
    return <Failed error={problem} retry={() => this.setState({ error: null })} />;
  }
}
