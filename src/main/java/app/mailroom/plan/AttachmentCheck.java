package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.block;
import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.model.Attachment;
import app.mailroom.plan.FindingValue.Megabytes;
import app.mailroom.plan.PlanFinding.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What speaks against files that are to go with a mailing, attached or shown by its template. Amazon SES takes 40 MB a mail after encoding, and refuses
 * the kinds of files listed under “Unsupported attachment types” in its developer guide.
 */
final class AttachmentCheck {
    /** Base64 makes four bytes of three, and the mail itself needs some room. */
    private static final long MOST_BYTES = 28_000_000;
    /** Many mailboxes take 10 MB. */
    private static final long LARGE_BYTES = 7_000_000;

    private static final Set<String> REFUSED = Set.of(("ade adp app asp bas bat cer chm cmd com cpl crt csh der exe fxp"
                    + " gadget hlp hta inf ins isp its js jse ksh lib lnk mad maf mag mam maq mar mas mat mau mav maw mda"
                    + " mdb mde mdt mdw mdz msc msh msh1 msh2 mshxml msh1xml msh2xml msi msp mst ops pcd pif plg prf prg"
                    + " reg scf scr sct shb shs sys ps1 ps1xml ps2 ps2xml psc1 psc2 tmp url vb vbe vbs vps vsmacros vss"
                    + " vst vsw vxd ws wsc wsf wsh xnk")
            .split(" "));

    private AttachmentCheck() {}

    static List<PlanFinding> of(List<Attachment> files) {
        List<PlanFinding> findings = new ArrayList<>();
        long bytes = 0;
        for (Attachment file : files) {
            bytes += file.size();
            String extension = extension(file.fileName());
            if (REFUSED.contains(extension)) {
                findings.add(block(Code.ATTACHMENT_REFUSED, said(file.fileName())));
            }
        }
        FindingValue size = new Megabytes(bytes / 1e6);
        if (bytes > MOST_BYTES) {
            findings.add(block(Code.ATTACHMENT_TOO_LARGE, size, new Megabytes(MOST_BYTES / 1e6)));
        } else if (bytes > LARGE_BYTES) {
            findings.add(warning(Code.ATTACHMENT_LARGE, size));
        }
        return findings;
    }

    private static String extension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
