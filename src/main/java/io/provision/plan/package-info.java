/** State, Resource, Change, Hazard, Plan, Planner. Pure: no input, no output, no clock. */
package io.provision.plan;
