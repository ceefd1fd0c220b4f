/** Short names for the generated API types. Nothing is declared here that the API does not say. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type Kind = Schemas['Kind'];
export type Item = Schemas['Item'];
export type Organisation = Schemas['Organisation'];
export type Site = Schemas['Site'];
export type Place = Schemas['Place'];
export type Unit = Schemas['Unit'];
export type UnitStatus = Unit['status'];
export type IncidentRow = Schemas['IncidentRow'];
export type IncidentPage = Schemas['IncidentPage'];
export type Incident = Schemas['Incident'];
export type IncidentPhase = IncidentRow['phase'];
export type IncidentClock = Schemas['IncidentClock'];
export type Assignment = Schemas['Assignment'];
export type Step = Schemas['Step'];
export type Report = Schemas['Report'];
export type ReportIn = Schemas['ReportIn'];
export type Similar = Schemas['Similar'];
export type Recommendation = Schemas['Recommendation'];
export type RankedUnit = Schemas['RankedUnit'];
export type CaseRow = Schemas['CaseRow'];
export type Case = Schemas['Case'];
export type CaseState = CaseRow['state'];
export type Tallies = Schemas['Tallies'];
export type ClockPart = Schemas['ClockPart'];
