/** The one executor, where the three stores meet. */
package io.provision.apply;
