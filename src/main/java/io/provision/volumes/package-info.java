/** All file system code for the instances' folders. */
package io.provision.volumes;
