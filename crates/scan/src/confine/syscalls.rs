//! seccomp: a list of the system calls a scanner needs; all others fail with EPERM. No sockets, no exec, no new
//! processes, nothing done to other processes or to the terminal; and, unless files are to be mended, nothing
//! opened for writing: so much holds even on kernels without Landlock.

use super::State;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen as Width, SeccompCmpOp as Is, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch,
};
use std::collections::BTreeMap;

#[cfg(target_arch = "x86_64")]
const ARCH: Option<TargetArch> = Some(TargetArch::x86_64);
#[cfg(target_arch = "aarch64")]
const ARCH: Option<TargetArch> = Some(TargetArch::aarch64);
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
const ARCH: Option<TargetArch> = None;

/// System calls that exist on every architecture.
#[rustfmt::skip]
const NEEDED: &[i64] = &[
    // Files.
    libc::SYS_read, libc::SYS_write, libc::SYS_readv, libc::SYS_writev, libc::SYS_pread64, libc::SYS_pwrite64,
    libc::SYS_close, libc::SYS_fstat, libc::SYS_newfstatat, libc::SYS_statx, libc::SYS_lseek,
    libc::SYS_getdents64, libc::SYS_readlinkat, libc::SYS_faccessat, libc::SYS_faccessat2, libc::SYS_fcntl,
    libc::SYS_ftruncate, libc::SYS_flock, libc::SYS_getcwd, libc::SYS_dup,
    libc::SYS_dup3, libc::SYS_pipe2, libc::SYS_ppoll, libc::SYS_copy_file_range,
    // Memory.
    libc::SYS_mmap, libc::SYS_mprotect, libc::SYS_munmap, libc::SYS_mremap, libc::SYS_madvise, libc::SYS_brk,
    libc::SYS_membarrier,
    // Threads and time.
    libc::SYS_futex, libc::SYS_set_robust_list, libc::SYS_get_robust_list,
    libc::SYS_rseq, libc::SYS_set_tid_address, libc::SYS_sched_yield, libc::SYS_sched_getaffinity,
    libc::SYS_getcpu, libc::SYS_getrusage, libc::SYS_sysinfo,
    libc::SYS_uname, libc::SYS_getrandom, libc::SYS_clock_gettime, libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep, libc::SYS_nanosleep, libc::SYS_gettimeofday, libc::SYS_getpid, libc::SYS_gettid,
    libc::SYS_getuid, libc::SYS_geteuid, libc::SYS_getgid, libc::SYS_getegid,
    // Signals and the end.
    libc::SYS_rt_sigaction, libc::SYS_rt_sigprocmask, libc::SYS_rt_sigreturn, libc::SYS_sigaltstack,
    libc::SYS_restart_syscall, libc::SYS_exit, libc::SYS_exit_group,
];

/// System calls of older architectures.
#[cfg(target_arch = "x86_64")]
#[rustfmt::skip]
const OLDER: &[i64] = &[
    libc::SYS_stat, libc::SYS_lstat, libc::SYS_access, libc::SYS_poll, libc::SYS_readlink,
    libc::SYS_time, libc::SYS_arch_prctl,
];
#[cfg(not(target_arch = "x86_64"))]
const OLDER: &[i64] = &[];

/// System calls that change files, for `fix` alone.
#[rustfmt::skip]
const WRITING: &[i64] = &[
    libc::SYS_openat, libc::SYS_fsync, libc::SYS_fdatasync, libc::SYS_renameat2, libc::SYS_renameat,
    libc::SYS_unlinkat, libc::SYS_fchmod,
];
#[cfg(target_arch = "x86_64")]
const WRITING_OLDER: &[i64] = &[libc::SYS_open, libc::SYS_rename, libc::SYS_unlink];
#[cfg(not(target_arch = "x86_64"))]
const WRITING_OLDER: &[i64] = &[];

/// Bits of an open call's flags that let it change something.
const OPENS_TO_WRITE: u64 = (libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC) as u64;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Allows `call` where its argument (from 0) is as it should be.
fn allow_if(
    rules: &mut Rules,
    call: i64,
    argument: u8,
    width: Width,
    is: Is,
    value: u64,
) -> Result<(), String> {
    let condition = SeccompCondition::new(argument, width, is, value).map_err(|e| e.to_string())?;
    let rule = SeccompRule::new(vec![condition]).map_err(|e| e.to_string())?;
    rules.entry(call).or_default().push(rule);
    Ok(())
}

fn rules(writes: bool) -> Result<Rules, String> {
    let mut rules: Rules = NEEDED.iter().chain(OLDER).map(|call| (*call, Vec::new())).collect();
    // Left to a filter of its own; see `install`.
    rules.insert(libc::SYS_clone3, Vec::new());
    if writes {
        rules.extend(WRITING.iter().chain(WRITING_OLDER).map(|call| (*call, Vec::new())));
    } else {
        allow_if(&mut rules, libc::SYS_openat, 2, Width::Dword, Is::MaskedEq(OPENS_TO_WRITE), 0)?;
        #[cfg(target_arch = "x86_64")]
        allow_if(&mut rules, libc::SYS_open, 1, Width::Dword, Is::MaskedEq(OPENS_TO_WRITE), 0)?;
    }
    // Threads, but no processes of their own that could outlive this one.
    let thread = libc::CLONE_THREAD as u64;
    allow_if(&mut rules, libc::SYS_clone, 0, Width::Qword, Is::MaskedEq(thread), thread)?;
    // What a terminal is and how wide; not the typing of commands into it (TIOCSTI).
    for request in [libc::TCGETS, libc::TIOCGWINSZ] {
        allow_if(&mut rules, libc::SYS_ioctl, 1, Width::Dword, Is::Eq, request)?;
    }
    allow_if(&mut rules, libc::SYS_prctl, 0, Width::Dword, Is::Eq, libc::PR_SET_NAME as u64)?;
    // Limits and signals of this process alone.
    allow_if(&mut rules, libc::SYS_prlimit64, 0, Width::Dword, Is::Eq, 0)?;
    let own = u64::from(std::process::id());
    allow_if(&mut rules, libc::SYS_tgkill, 0, Width::Dword, Is::Eq, own)?;
    Ok(rules)
}

pub(super) fn confine(writes: bool) -> State {
    let Some(arch) = ARCH else {
        return State::Inactive("seccomp: no filter for this processor architecture".to_owned());
    };
    match install(arch, writes) {
        Ok(count) => State::Active(format!("seccomp, {count} system calls left; no sockets, no exec")),
        Err(error) => State::Inactive(format!("seccomp: {error}")),
    }
}

fn install(arch: TargetArch, writes: bool) -> Result<usize, String> {
    let rules = rules(writes)?;
    let count = rules.len();
    let load = |filter: Result<SeccompFilter, seccompiler::BackendError>| -> Result<(), String> {
        let program: BpfProgram =
            filter.and_then(TryInto::try_into).map_err(|e: seccompiler::BackendError| e.to_string())?;
        seccompiler::apply_filter(&program).map_err(|e| e.to_string())
    };
    // The arguments of clone3 can't be looked at; told that there is none, the C library takes clone.
    let newer = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
    let missing = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    load(SeccompFilter::new(newer, SeccompAction::Allow, missing, arch))?;
    load(SeccompFilter::new(rules, denied, SeccompAction::Allow, arch))?;
    Ok(count)
}
