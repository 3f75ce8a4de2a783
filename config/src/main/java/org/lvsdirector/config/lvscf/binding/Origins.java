// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import java.util.List;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.lvscf.binding.FailoverBinder.BoundFailover;
import org.lvsdirector.config.lvscf.binding.LinkBinder.BoundLink;
import org.lvsdirector.config.lvscf.directive.Values;

/**
 * Where the parts of a {@link Config} were read.
 *
 * @param globals what the top level says
 * @param links the link blocks
 * @param services the active virtual blocks, in file order
 * @param failovers the active failover blocks, in file order
 * @param unused the virtual and failover blocks that do not count
 */
public record Origins(
    Values globals,
    List<BoundLink> links,
    List<BoundService> services,
    List<BoundFailover> failovers,
    List<UnusedBlock> unused) {}
