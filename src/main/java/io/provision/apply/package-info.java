/**
 * The one executor, where the three stores meet ({@code postgres.md}, "Atomic, resumable, alone").
 *
 * <p>There are three ways in: {@link io.provision.apply.Provisioning}, {@link io.provision.apply.Rollback} and
 * {@link io.provision.apply.Rotation}. Each looks and plans, has it agreed to while no lock is held, takes its
 * {@link io.provision.apply.Turn}, looks again, and applies what was agreed to:
 *
 * <ul>
 *   <li>A surveyor looks, changes nothing, and makes a survey with a plan. It is helped by the classes named Look, and
 *       by {@link io.provision.apply.Recovery}, which finds out what killed runs left.
 *   <li>A run applies a plan: {@link io.provision.apply.JournaledRun}, forward or backward as its
 *       {@link io.provision.apply.Direction} says; {@link io.provision.apply.RotationRun};
 *       {@link io.provision.apply.UnjournaledRun} where PostgreSQL is left out.
 *   <li>A phase does one thing for many instances at once; a class named Work does what one instance, or what they
 *       share, needs in one store.
 *   <li>All of it goes through a {@link io.provision.apply.WorkTransaction}, which holds the run's guards;
 *       {@link io.provision.apply.Undo} takes back; {@link io.provision.apply.RunResults} gathers the
 *       {@link io.provision.apply.Outcome}.
 * </ul>
 */
package io.provision.apply;
